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

struct Cut {
  size_t undivided_max = 0;  // A file of up to this many people is one part.
  size_t people_each = 1;    // Of each part of a larger one.
  size_t people_max = 0;     // Parts for about this many people are made, of a larger one; 0: all.
};

struct Shards {
  std::vector<Shard> parts;  // Those that are made.
  size_t part_count = 1;     // Of the whole file.
  size_t people = 0, people_in_parts = 0;
};

// Whoever shares a document, a code, a phone or an invoice's number with somebody is in the same
// part: what one of them does, the law and the books may see at the other. They count as one of the
// people here. They are dealt out by lot, so that each part is like the whole however the file is
// sorted, and of about the same size. The same files give the same parts, on every machine. Rows
// that the import would reject are left out. Pure.
[[nodiscard]] Result<Shards> cut_into_shards(const ImportFile& portfolio,
                                             const ImportFile* payments, const Cut& cut);

}  // namespace puntual::sim
