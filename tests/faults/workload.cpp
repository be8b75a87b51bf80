#include "tests/faults/workload.h"

#include "base/time.h"
#include "tests/support/postgres_server.h"

namespace puntual::e2e {
namespace {

constexpr int64_t kDebtMinor = 15'000'000;  // Of each person, as portfolio_of() writes it.

}  // namespace

std::string database_on(Ground ground) {
  return ground == Ground::Sqlite ? "" : tests::PostgresServer::shared().new_database();
}
std::string name_of(const testing::TestParamInfo<Ground>& ground) {
  return ground.param == Ground::Sqlite       ? "Sqlite"
         : ground.param == Ground::PostgreSql ? "PostgreSql"
                                              : "TwoNodes";
}

Instant Workload::platform_now() const {
  return parse_rfc3339(house_.platform_time()).value_or(Instant{INT64_MAX});
}

void Workload::silence(const Person& person, std::string why) {
  acknowledged_.silences.push_back({person, platform_now(), std::move(why)});
}

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
  const auto imported =
      house_.order("/v1/imports?consent=Contrato&confirmed_by=contract&evidence=Contrato",
                   portfolio_of(reminded.number, 4));
  if (imported.status == 200) {
    for (const auto& one : {reminded, payer, stopper, stopped})
      acknowledged_.imported.push_back(one);
  }
  pay(payer);
  write(stopper, "BAJA");
  if (house_.order("/v1/debtors/" + stopped.invoice() + "/stop", R"({"why":"llamó"})").status ==
      200)
    silence(stopped, "stop by the API");
  write(reminded, "hola");
  (void)house_.order("/v1/audit/anchors", "{}");
  if (imported.status == 200) {
    (void)eventually(
        [&] { return !house_.sent(reminded).empty() || !house_.server().is_running(); },
        std::chrono::seconds(5));
  }
  (void)is_quiet();
}

bool Workload::is_quiet() const {
  const auto nothing_waits = [&] {
    return house_.metric("inbox_backlog") == 0 && house_.metric("turns_waiting") == 0 &&
           house_.metric(R"(outbox{state="planned"})") == 0 &&
           house_.metric(R"(outbox{state="in_flight"})") == 0;
  };
  return eventually([&] { return !house_.server().is_running() || nothing_waits(); },
                    std::chrono::seconds(5)) &&
         house_.server().is_running();
}

void Load::stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

void Load::run() {
  for (int i = 0; !stopping_; ++i) {
    const int people = people_;
    if (people == 0) continue;
    const Person person{1 + static_cast<int>(random_.below(static_cast<uint64_t>(people)))};
    const std::string id = fmt::format("wamid.L{}", i);
    if (house_.deliver(inbound(person, id, i % 11 == 0 ? "no me escriban más" : "hola")).status ==
        200)
      acknowledged_.messages.push_back(id);
    if (i % 7 != 0) continue;
    const std::string payment = fmt::format("P-{}", i);
    // Each sum once: the same twice in a day asks a person whether it is the same money.
    if (house_.pay(person, 1'000'000 + i, payment).status == 200)
      acknowledged_.payments.push_back(payment);
  }
}

}  // namespace puntual::e2e
