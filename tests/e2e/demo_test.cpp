// The demonstration as a visitor uses it: somebody's link is opened, paid with two taps at the
// simulated provider, and thanked for.
#include <gtest/gtest.h>

#include "tests/support/house.h"

namespace puntual::e2e {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

class Demo : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(
        eventually([&] { return demo.out().find("(Ctrl-C") != std::string::npos; }, seconds(60)))
        << demo.err();
    const std::string said = demo.out();
    const auto begin = said.find("http://");
    base = said.substr(begin, said.find("/  ", begin) - begin);
  }
  [[nodiscard]] json::object ask(std::string_view path) const {
    return get(base + std::string(path)).document().as_object();
  }
  void pace(std::string_view pace) const {
    ASSERT_EQ(post(base + "/demo/act", fmt::format(R"({{"action":"pace","pace":"{}"}})", pace),
                   {{"Content-Type: application/json"}})
                  .status,
              200);
  }
  // A Colombian who owes and whom a reminder has brought a link.
  [[nodiscard]] json::object somebody_with_link() const {
    const json::object all = ask("/demo/people");
    for (const auto& one : all.at("people").as_array()) {
      if (text_in(one, "state") != "late" || text_in(one, "cc") != "CO") continue;
      json::object person = ask("/demo/person/" + text_in(one, "id"));
      const std::string page = text_in(person, "pay");
      if (!page.empty() && get(page).body.find("wompi:PSE") != std::string::npos) return person;
    }
    return {};
  }
  // How often this person was thanked in the chat.
  [[nodiscard]] int thanks_to(const std::string& id) const {
    const std::string chat = to_json(ask("/demo/person/" + id));
    int times = 0;
    for (size_t at = chat.find("recibimos su pago"); at != std::string::npos;
         at = chat.find("recibimos su pago", at + 1))
      ++times;
    return times;
  }
  [[nodiscard]] int64_t count(std::string_view what) const {
    return ask("/demo/state").at("counts").at(what).as_int64();
  }

  Scratch scratch;
  Child demo{{.arguments = {"demo", "--port", "0", "--seed", "3", "--data-dir", scratch / "house"},
              .stdout_path = scratch / "out",
              .stderr_path = scratch / "err"}};
  std::string base;
};

TEST_F(Demo, TwoTapsPayAndTheThanksLeaveWithinFiveSecondsOfTheWebhook) {
  json::object person;
  pace("fast");
  // Chosen while the story goes at our pace: it goes on quickly, and people pay and stop in it.
  ASSERT_TRUE(eventually(
      [&] {
        pace("real");
        person = somebody_with_link();
        if (person.empty()) pace("fast");
        return !person.empty();
      },
      seconds(60)));
  const std::string page = text_in(person, "pay");
  const std::string id = text_in(person, "id");
  const int thanks = thanks_to(id);
  const int64_t payments = count("payments");
  ASSERT_NE(get(page).body.find("Grupo Alameda"), std::string::npos);
  const Answer sent = post(page + "/pay", "amount=all&with=wompi:PSE",
                           {{"Content-Type: application/x-www-form-urlencoded"}});
  ASSERT_EQ(sent.status, 303) << sent.body;
  const std::string place = sent.header("Location");
  ASSERT_TRUE(place.starts_with(base + "/pay/wompi/")) << place;

  const auto begun = steady_clock::now();  // The provider's webhook leaves with this answer.
  ASSERT_EQ(post(place, "outcome=approved&method=PSE").status, 303);
  pace("slow");  // WhatsApp may ask for some seconds between two messages to one person: the
                 // story's, not ours.
  ASSERT_TRUE(eventually([&] { return thanks_to(id) > thanks; }, seconds(30)));
  const auto taken = std::chrono::duration_cast<milliseconds>(steady_clock::now() - begun);
  RecordProperty("thanked_after_ms", static_cast<int>(taken.count()));
  EXPECT_LT(taken, seconds(5));
  EXPECT_GT(count("payments"), payments) << "the dashboard shows it";
  EXPECT_NE(text_in(ask("/demo/person/" + id), "owed"), text_in(person, "owed"));
  EXPECT_NE(get(page).body.find("Gracias"), std::string::npos);
  EXPECT_EQ(post(base + "/webhooks/payments/wompi", R"({"event":"transaction.updated"})").status,
            401);
}

// Who waits there is answered from the command line as at home, through the server that has the
// database open.
TEST_F(Demo, CommandsTalkToIt) {
  const std::string dir = scratch / "house";
  const Ran waiting = run({"inbox", "list", "--data-dir", dir});
  ASSERT_EQ(waiting.exit_code, 0) << waiting.err;
  const std::string person = waiting.out.substr(0, waiting.out.find(' '));
  const Ran said = run({"inbox", "reply", person, "Hola, ya lo reviso.", "--data-dir", dir});
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_NE(run({"inbox", "show", person, "--data-dir", dir}).out.find("Hola, ya lo reviso."),
            std::string::npos);
  const Ran other = run({"demo", "--port", "0", "--data-dir", dir});
  EXPECT_NE(other.exit_code, 0) << "a folder that is in use is not taken";
}

}  // namespace
}  // namespace puntual::e2e
