// The compiled halves of Asio and Beast, once for the layer instead of once a file.
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
