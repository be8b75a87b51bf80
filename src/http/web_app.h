// The web application (web/src): the embedded files that tools/build_web.sh has made, and its one
// page under "/" and "/app/…".
#pragma once

#include "http/router.h"

namespace puntual::http {

// Without the application in the binary "/" answers a page that says how to build it.
void add_web_app(Router& router);

}  // namespace puntual::http
