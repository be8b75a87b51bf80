#include "app/beat.h"

#include <gtest/gtest.h>

#include <future>

namespace puntual {
namespace {

TEST(Beat, GoesOnWhileThereIsMoreThenWhenItIsWokenAndEndsAtOnce) {
  int rounds = 0;
  std::promise<void> third, fourth;
  Beat beat([&] {
    if (++rounds == 3) third.set_value();
    if (rounds == 4) fourth.set_value();
    return rounds < 3 ? std::chrono::milliseconds(0) : std::chrono::hours(1);
  });
  third.get_future().wait();
  beat.wake();
  fourth.get_future().wait();
}

}  // namespace
}  // namespace puntual
