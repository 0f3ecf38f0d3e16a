#include "app/Greeting.h"

using namespace Qt::StringLiterals;

namespace warder {

QString greetingFor(const QString &url)
{
    return u"\nWarder serves %1   (API to try out: %1/docs)\n\n"
           "Try it:\n"
           "  curl -s %1/register -H 'Content-Type: application/json' -d '{\"email\":\"me@example.com\",\"password\":\"correct horse\"}'\n\n"
           "A Next.js app signs in here with WARDER_URL=%1; `warderd starter DIR` makes one.\n\n"_s.arg(url);
}

} // namespace warder
