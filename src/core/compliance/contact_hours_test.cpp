#include "core/compliance/contact_hours.h"

#include <gtest/gtest.h>

namespace puntual::compliance {
namespace {

std::string again(std::string_view text) {
  const auto hours = parse_hours(text);
  return hours ? format_hours(*hours) : hours.error().message;
}

TEST(ContactHours, ReadsWhatPeopleWrite) {
  EXPECT_EQ(again("lun-vie 09:00-12:00, sab 10:00-12:00"),
            "mon tue wed thu fri 09:00-12:00, sat 10:00-12:00");
  EXPECT_EQ(again("Lunes miércoles  9:00-24:00"), "mon wed 09:00-24:00");
  EXPECT_EQ(again("Dom 00:00-24:00"), "sun 00:00-24:00");
  EXPECT_EQ(again("sábado-domingo 10:00-11:30"), "sat sun 10:00-11:30");
}

TEST(ContactHours, ReadsBackWhatItWrites) {
  for (const auto* text : {"lun-dom 07:05-19:00", "mar jue 13:00-14:00, vie 08:00-08:01"}) {
    EXPECT_EQ(again(again(text)), again(text));
  }
}

TEST(ContactHours, RefusesWhatIsNoHours) {
  for (const auto* text : {"", "  ", "lun", "09:00-12:00", "lun 12:00-09:00", "lun 09:00-09:00",
                           "lun 9-12", "vie-lun 09:00-12:00", "lun 09:00-25:00", "lun 09:60-12:00",
                           "xyz 09:00-12:00", "lun 09:00-12:00 13:00-14:00", "lun 09:00-12:00 mar",
                           "lun -1:00-12:00", "lun 009:00-12:00-13:00"}) {
    const auto hours = parse_hours(text);
    EXPECT_TRUE(!hours && hours.error().code == ErrorCode::Invalid) << text;
  }
}

}  // namespace
}  // namespace puntual::compliance
