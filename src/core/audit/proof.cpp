#include "core/audit/proof.h"

#include <algorithm>

#include "core/audit/anchor_file.h"

namespace puntual::audit {
namespace {

constexpr std::string_view kProofFormat = "puntual-proof-1";
constexpr std::string_view kHow =
    "docs/proof.md: for each record, sha256 of its canonical form must be its hash; its path must "
    "lead to the merkle_root of its anchor; "
    "text_sha256 in the facts of the last 'sending' must be sha256 of the text, and 'to' must be "
    "HMAC-SHA256 of the address with the salt "
    "as the key (a text or an address that is empty is no longer kept); the anchor must be the one "
    "that was kept elsewhere.";

json::object record_json(const ProofRecord& one) {
  const TimelineEvent& r = one.record;
  json::array path;
  for (const auto& step : one.path)
    path.push_back(json::object{{"side", step.is_left ? "left" : "right"}, {"hash", step.hash}});
  return {{"id", std::to_string(r.id)},
          {"creditor", std::to_string(r.creditor_id.value)},
          {"debtor", std::to_string(r.debtor_id.value)},
          {"at", r.at.ms},
          {"message", std::to_string(r.message_id.value)},
          {"invoice", std::to_string(r.invoice_id.value)},
          {"payment", std::to_string(r.payment_id.value)},
          {"kind", r.kind},
          {"detail", r.detail},
          {"facts", r.facts},
          {"before", one.before},
          {"hash", r.hash},
          {"anchor", one.anchor},
          {"path", std::move(path)}};
}

Result<std::string> proof_text(const json::value& value, std::string_view key) {
  const auto* found = member(value, key);
  if (found == nullptr || !found->is_string())
    return fail(ErrorCode::Invalid, "proof: '{}' is missing or no text", key);
  return std::string(found->get_string());
}

Result<int64_t> proof_number(const json::value& value, std::string_view key) {
  const auto found = member_int(value, key);
  if (!found) return fail(ErrorCode::Invalid, "proof: '{}' is missing or no number", key);
  return *found;
}

Result<ProofRecord> record_of(const json::value& value) {
  ProofRecord one;
  TimelineEvent& r = one.record;
  ASSIGN_OR_RETURN(r.id, proof_number(value, "id"));
  ASSIGN_OR_RETURN(r.creditor_id.value, proof_number(value, "creditor"));
  ASSIGN_OR_RETURN(r.debtor_id.value, proof_number(value, "debtor"));
  ASSIGN_OR_RETURN(r.at.ms, proof_number(value, "at"));
  ASSIGN_OR_RETURN(r.message_id.value, proof_number(value, "message"));
  ASSIGN_OR_RETURN(r.invoice_id.value, proof_number(value, "invoice"));
  ASSIGN_OR_RETURN(r.payment_id.value, proof_number(value, "payment"));
  ASSIGN_OR_RETURN(r.kind, proof_text(value, "kind"));
  ASSIGN_OR_RETURN(r.detail, proof_text(value, "detail"));
  ASSIGN_OR_RETURN(r.facts, proof_text(value, "facts"));
  ASSIGN_OR_RETURN(one.before, proof_text(value, "before"));
  ASSIGN_OR_RETURN(r.hash, proof_text(value, "hash"));
  ASSIGN_OR_RETURN(const int64_t anchor, proof_number(value, "anchor"));
  one.anchor = static_cast<size_t>(anchor);
  const auto* path = member_array(value, "path");
  if (path == nullptr) return fail(ErrorCode::Invalid, "proof: 'path' is missing");
  for (const auto& step : *path) {
    ASSIGN_OR_RETURN(const std::string side, proof_text(step, "side"));
    if (side != "left" && side != "right")
      return fail(ErrorCode::Invalid, "proof: side '{}' (expected left or right)", side);
    ASSIGN_OR_RETURN(std::string hash, proof_text(step, "hash"));
    one.path.push_back({.is_left = side == "left", .hash = std::move(hash)});
  }
  return one;
}

bool is_same(const Anchor& a, const Anchor& b) {
  return a.chain == b.chain && a.at == b.at && a.last_id == b.last_id && a.after_id == b.after_id &&
         a.first_id == b.first_id && a.count == b.count && a.head == b.head &&
         a.merkle_root == b.merkle_root;
}

void check_records(const Proof& proof, std::vector<std::string>& faults) {
  int64_t last_id = 0;
  for (const auto& one : proof.records) {
    const TimelineEvent& r = one.record;
    if (r.message_id != proof.message)
      faults.push_back(fmt::format("el registro {} es de otro mensaje", r.id));
    if (r.id <= last_id) faults.push_back(fmt::format("el registro {} está fuera de orden", r.id));
    last_id = r.id;
    if (hash_of(one.before, r) != r.hash)
      faults.push_back(fmt::format("el registro {} ({}) no concuerda con su huella", r.id, r.kind));
    if (one.anchor >= proof.anchors.size()) {
      faults.push_back(fmt::format("el registro {} no tiene ancla", r.id));
      continue;
    }
    const Anchor& anchor = proof.anchors[one.anchor];
    // The file tells whole seconds.
    if (r.at.ms / 1000 > anchor.at.ms / 1000)
      faults.push_back(
          fmt::format("el registro {} dice una hora posterior a la de su ancla", r.id));
    if (chain_of(r) != anchor.chain || r.id > anchor.last_id || r.id <= anchor.after_id ||
        root_by_path(r.hash, one.path).value_or("") != anchor.merkle_root) {
      faults.push_back(
          fmt::format("el camino del registro {} no llega a la raíz de su ancla", r.id));
    }
  }
}

void check_text_and_address(const Proof& proof, std::vector<std::string>& faults) {
  const json::object facts = facts_of_last_sending(proof);
  if (facts.empty()) {
    faults.emplace_back("ningún registro dice que el mensaje haya salido");
    return;
  }
  if (!proof.text.empty() && member_text(facts, "text_sha256") != hex(sha256(proof.text)))
    faults.emplace_back("el texto no es el que salió");
  if (!proof.address.empty() &&
      member_text(facts, "to") != hex(hmac_sha256(proof.salt, proof.address))) {
    faults.emplace_back("la dirección no es aquella a la que salió");
  }
}

}  // namespace

json::object proof_json(const Proof& proof) {
  json::array records, anchors, rules;
  for (const auto& record : proof.records) records.push_back(record_json(record));
  for (const auto& anchor : proof.anchors) anchors.push_back(anchor_json(anchor));
  for (const auto& rule : proof.rules) {
    rules.push_back(json::object{{"id", rule.id},
                                 {"law", rule.law},
                                 {"confidence", rule.confidence},
                                 {"source", rule.source}});
  }
  return {{"format", kProofFormat},
          {"made_at", format_utc(proof.made_at)},
          {"message", std::to_string(proof.message.value)},
          {"text", proof.text},
          {"address", proof.address},
          {"salt", proof.salt},
          {"records", std::move(records)},
          {"anchors", std::move(anchors)},
          {"explained", json::object{{"creditor", proof.creditor_name},
                                     {"platform_id", proof.platform_id},
                                     {"forgotten", proof.is_forgotten},
                                     {"rules", std::move(rules)},
                                     {"how_to_check", kHow}}}};
}

std::string write_proof(const Proof& proof) { return to_json(proof_json(proof)) + "\n"; }

Result<Proof> read_proof(std::string_view file) {
  ASSIGN_OR_RETURN(const json::value document, parse_json(file));
  return proof_of(document);
}

Result<Proof> proof_of(const json::value& document) {
  const auto* records = member_array(document, "records");
  const auto* anchors = member_array(document, "anchors");
  if (member_text(document, "format") != kProofFormat || records == nullptr || anchors == nullptr) {
    return fail(ErrorCode::Invalid,
                "this is no proof (expected a file that 'puntual proof MESSAGE' wrote)");
  }
  Proof proof;
  ASSIGN_OR_RETURN(const std::string made_at, proof_text(document, "made_at"));
  ASSIGN_OR_RETURN(proof.made_at, parse_rfc3339(made_at));
  ASSIGN_OR_RETURN(proof.message.value, proof_number(document, "message"));
  ASSIGN_OR_RETURN(proof.text, proof_text(document, "text"));
  ASSIGN_OR_RETURN(proof.address, proof_text(document, "address"));
  ASSIGN_OR_RETURN(proof.salt, proof_text(document, "salt"));
  for (const auto& record : *records) {
    ASSIGN_OR_RETURN(proof.records.emplace_back(), record_of(record));
  }
  for (const auto& anchor : *anchors) {
    ASSIGN_OR_RETURN(proof.anchors.emplace_back(), anchor_of(anchor));
  }
  if (const auto* explained = member(document, "explained")) {
    proof.creditor_name = member_text(*explained, "creditor").value_or("");
    proof.platform_id = member_text(*explained, "platform_id").value_or("");
    proof.is_forgotten = member_bool(*explained, "forgotten").value_or(false);
    if (const auto* rules = member_array(*explained, "rules")) {
      for (const auto& rule : *rules) {
        proof.rules.push_back({member_text(rule, "id").value_or(""),
                               member_text(rule, "law").value_or(""),
                               member_text(rule, "confidence").value_or(""),
                               member_text(rule, "source").value_or("")});
      }
    }
  }
  return proof;
}

json::object facts_of_last_sending(const Proof& proof) {
  for (size_t i = proof.records.size(); i-- > 0;) {
    if (proof.records[i].record.kind != "sending") continue;
    const auto facts = parse_json(proof.records[i].record.facts);
    return facts && facts->is_object() ? facts->get_object() : json::object();
  }
  return {};
}

bool is_beyond(const Proof& proof, std::span<const Anchor> kept) {
  const auto unknown = [&](const Anchor& one) {
    return std::ranges::none_of(kept, [&](const Anchor& known) { return is_same(one, known); });
  };
  bool beyond = false;
  for (const auto& anchor : proof.anchors) {
    if (!unknown(anchor)) continue;
    const auto speaks_of_it = [&](const Anchor& known) {
      return known.chain == anchor.chain && known.last_id >= anchor.last_id;
    };
    const auto knows_chain = [&](const Anchor& known) {
      return known.chain == anchor.chain && known.last_id <= anchor.after_id;
    };
    if (std::ranges::any_of(kept, speaks_of_it) || std::ranges::none_of(kept, knows_chain))
      return false;
    beyond = true;
  }
  return beyond;
}

std::vector<std::string> faults_of_records(const Proof& proof, std::span<const Anchor> kept) {
  std::vector<std::string> faults;
  check_records(proof, faults);
  if (kept.empty()) return faults;
  for (const auto& anchor : proof.anchors) {
    if (std::ranges::none_of(kept, [&](const Anchor& one) { return is_same(one, anchor); })) {
      faults.push_back(
          fmt::format("el ancla del {} no es ninguna de las guardadas", format_utc(anchor.at)));
    }
  }
  return faults;
}

std::vector<std::string> faults_of_proof(const Proof& proof, std::span<const Anchor> kept) {
  std::vector<std::string> faults = faults_of_records(proof, kept);
  check_text_and_address(proof, faults);
  return faults;
}

}  // namespace puntual::audit
