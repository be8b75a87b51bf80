// The database as one process of the house sees it: it may fail, lose an answer, or be the last
// thing the process ever sees. What stands and what is lost is decided by the real store below,
// which all houses share.
#pragma once

#include <functional>

#include "sim/weather.h"
#include "store/store.h"

namespace puntual::sim {

// The process ends here. Flies through the engine to whoever runs the house, as nothing else may.
struct HouseDied {};

class DisturbedStore final : public Store {
 public:
  struct Watchers {
    std::function<void()>
        between;  // Before each transaction: others may go on, time may pass. May throw HouseDied.
    std::function<void()> committed;  // A write stands.
  };
  DisturbedStore(Store& store, Weather& weather, Watchers watchers)
      : store_(store), weather_(weather), watchers_(std::move(watchers)) {}

  // What the world itself asks on behalf of the house is not disturbed.
  void set_sheltered(bool is_sheltered) { is_sheltered_ = is_sheltered; }

  void note_holder(const std::string& text) override { store_.note_holder(text); }
  Result<void> forget_log() override { return store_.forget_log(); }
  [[nodiscard]] store::NodeLease node() const override { return store_.node(); }
  [[nodiscard]] std::unique_ptr<store::Vault> another_vault() const override {
    return store_.another_vault();
  }

 protected:
  Result<void> run_transaction(Lane lane, const std::function<bool(Tx&)>& body) override;

 private:
  Result<void> read(const std::function<bool(Tx&)>& body);
  Result<void> write(const std::function<bool(Tx&)>& body);

  Store& store_;
  Weather& weather_;
  Watchers watchers_;
  bool is_sheltered_ = false;
};

// Was this error made by the weather, and not by a mistake of ours?
[[nodiscard]] bool is_weather(const Error& error);

}  // namespace puntual::sim
