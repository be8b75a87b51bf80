// The demonstration's house: the real application and API over a story. The engine of the story's
// world sends, on its own clock, to a simulated platform; the door beside it is the one of `serve`.
// Whoever opens it from this machine is its owner.
#pragma once

#include <atomic>
#include <optional>

#include "app/service.h"
#include "cli/demo/stage.h"

namespace puntual::cli::demo {

struct HouseOptions {
  PlayOptions play;
  std::string folder;     // For what is uploaded.
  uint16_t port = 0;      // On 127.0.0.1.
  std::string api_token;  // With which commands may talk to it; empty: none may.
};

class House {
 public:
  [[nodiscard]] static Result<std::unique_ptr<House>> open(const HouseOptions& options);
  ~House();
  [[nodiscard]] const std::string& address() const { return counter_.base_url(); }
  // A visitor wants the story from its beginning.
  [[nodiscard]] bool is_to_begin_again() const { return begin_again_; }

 private:
  House() = default;
  Result<void> furnish(const HouseOptions& options);
  Result<store::User> make_visitor();

  SystemRandom random_;
  Counter counter_;
  std::atomic<bool> begin_again_ = false;
  std::unique_ptr<Stage> stage_;
  Worker worker_;
  std::optional<Service> service_;
};

// A port that is free, or the one that is wanted: links name it before the door is open.
// Unavailable when it is taken.
[[nodiscard]] Result<uint16_t> find_port(uint16_t wanted);

}  // namespace puntual::cli::demo
