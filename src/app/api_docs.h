// The document of the API as a page for people: one file, no scripts, nothing from elsewhere.
#pragma once

#include "app/api_document.h"
#include "http/router.h"

namespace puntual {

// At /docs. What it says is made here, once.
void add_docs_page(http::Router& router, const ApiDocument& document);

}  // namespace puntual
