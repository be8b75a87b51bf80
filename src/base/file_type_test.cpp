#include "base/file_type.h"

#include <gtest/gtest.h>

namespace puntual {
namespace {

using namespace std::string_view_literals;

TEST(FileType, IsToldByTheFirstBytes) {
  EXPECT_EQ(file_type_of("\xFF\xD8\xFF\xE0 and so on"sv), "image/jpeg");
  EXPECT_EQ(file_type_of("\x89PNG\r\n\x1A\n"sv), "image/png");
  EXPECT_EQ(file_type_of("%PDF-1.5\n"), "application/pdf");
  EXPECT_EQ(file_type_of("RIFF\x10\0\0\0WEBPVP8 "sv), "image/webp");
  EXPECT_EQ(file_type_of("\0\0\0\x18"
                         "ftypheic"sv),
            "image/heic");
  EXPECT_EQ(file_type_of("\0\0\0\x18"
                         "ftypM4A "sv),
            "audio/mp4");
  EXPECT_EQ(file_type_of("\0\0\0\x18"
                         "ftypisom"sv),
            "video/mp4");
  EXPECT_EQ(file_type_of("OggS\0"sv), "audio/ogg");
}

TEST(FileType, WhatIsNoneOfThemHasNone) {
  for (const std::string_view bytes : {""sv, "\xFF\xD8"sv, "<html>"sv, "MZ\x90"sv, "PK\x03\x04"sv,
                                       "<svg onload=x>"sv, "RIFF\x10\0\0\0WAVE"sv, "xx%PDF-"sv}) {
    EXPECT_EQ(file_type_of(bytes), "") << bytes;
  }
}

TEST(FileType, HasAnExtension) {
  EXPECT_EQ(extension_of("image/jpeg"), "jpg");
  EXPECT_EQ(extension_of("application/x-msdownload"), "bin");
}

}  // namespace
}  // namespace puntual
