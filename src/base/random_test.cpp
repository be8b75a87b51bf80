#include "base/random.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace puntual {
namespace {

TEST(SystemRandom, AForkedProcessDrawsItsOwn) {
  SystemRandom random;
  (void)random.next();  // More are drawn in advance, and would be copied.
  int line[2];
  ASSERT_EQ(::pipe(line), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const uint64_t drawn = random.next();
    _exit(::write(line[1], &drawn, sizeof drawn) == sizeof drawn ? 0 : 1);
  }
  uint64_t theirs = 0;
  ASSERT_EQ(::read(line[0], &theirs, sizeof theirs), static_cast<ssize_t>(sizeof theirs));
  ::waitpid(child, nullptr, 0);
  EXPECT_NE(random.next(), theirs);
  ::close(line[0]);
  ::close(line[1]);
}

TEST(SeededRandom, HexKeepsLeadingNoughts) {
  class Small final : public Random {
   public:
    uint64_t next() override { return ++last_; }
    uint64_t last_ = 9;
  };
  EXPECT_EQ(Small().hex128(), "000000000000000a000000000000000b");
}

}  // namespace
}  // namespace puntual
