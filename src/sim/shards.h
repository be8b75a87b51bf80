// A large portfolio in parts that know nothing of each other, so that each can be lived through in
// a world of its own.
#pragma once

#include <string>
#include <vector>

#include "core/portfolio/import_detect.h"

namespace puntual::sim {

// Files under the mappings of those that were cut; the titles stand above each.
struct Shard {
  std::string invoices;
  std::string payments;
};

// Whoever shares a document, a code, a phone or an invoice's number with somebody is in the same
// part: what one of them does, the law and the books may see at the other. Up to people_each in a
// part, more where that many hang together; a file of up to undivided_max people is one part. The
// same files give the same parts, on every machine. Rows that the import would reject are left out.
// Pure.
[[nodiscard]] Result<std::vector<Shard>> cut_into_shards(const ImportFile& portfolio,
                                                         const ImportFile* payments,
                                                         size_t undivided_max, size_t people_each);

}  // namespace puntual::sim
