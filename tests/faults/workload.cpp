#include "tests/faults/workload.h"

#include "base/time.h"

namespace puntual::e2e {
namespace {

constexpr int64_t kDebtMinor = 15'000'000;  // Of each person, as portfolio_of() writes it.

}  // namespace

Instant Workload::platform_now() const { return parse_rfc3339(house_.platform_time()).value_or(Instant{INT64_MAX}); }

void Workload::silence(const Person& person, std::string why) { acknowledged_.silences.push_back({person, platform_now(), std::move(why)}); }

void Workload::write(const Person& person, const std::string& text) {
  const std::string id = fmt::format("wamid.W{}", ++written_);
  if (house_.deliver(inbound(person, id, text)).status != 200) return;
  acknowledged_.messages.push_back(id);
}

void Workload::pay(const Person& person) {
  const std::string id = fmt::format("P-{}", person.number);
  if (house_.pay(person, kDebtMinor, id).status != 200) return;
  acknowledged_.payments.push_back(id);
  silence(person, "paid");
}

void Workload::round() {
  const Person reminded{++people_}, payer{++people_}, stopper{++people_}, stopped{++people_};
  const auto imported = house_.order("/v1/imports?consent=Contrato&confirmed_by=contract&evidence=Contrato", portfolio_of(reminded.number, 4));
  if (imported.status == 200) {
    for (const auto& one : {reminded, payer, stopper, stopped}) acknowledged_.imported.push_back(one);
  }
  pay(payer);
  write(stopper, "BAJA");
  if (house_.order("/v1/debtors/" + stopped.invoice() + "/stop", R"({"why":"llamó"})").status == 200) silence(stopped, "stop by the API");
  write(reminded, "hola");
  (void)house_.order("/v1/audit/anchors", "{}");
  if (imported.status == 200) {
    (void)eventually([&] { return !house_.sent(reminded).empty() || !house_.server().is_running(); }, std::chrono::seconds(5));
  }
  (void)is_quiet();
}

bool Workload::is_quiet() const {
  const auto nothing_waits = [&] {
    return house_.metric("inbox_backlog") == 0 && house_.metric(R"(outbox{state="planned"})") == 0 &&
           house_.metric(R"(outbox{state="in_flight"})") == 0;
  };
  return eventually([&] { return !house_.server().is_running() || nothing_waits(); }, std::chrono::seconds(5)) && house_.server().is_running();
}

}  // namespace puntual::e2e
