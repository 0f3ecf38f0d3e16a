#pragma once

#include <QtTypes>

#include <initializer_list>
#include <string_view>
#include <vector>

namespace warder {

/// What the strict parser made of a request head (RFC 9112 §3, §5, §6). All views point into the bytes that were parsed.
struct RequestHead
{
    struct Field
    {
        std::string_view name;
        std::string_view value; ///< Without the white space around it.
    };

    std::string_view method;
    std::string_view target; ///< Origin form: "/path?query".
    std::string_view host;   ///< Empty only in HTTP/1.0.
    std::vector<Field> fields = {};
    qint64 contentLength = -1; ///< -1: none given.
    int minor = 1;             ///< HTTP/1.minor
    bool chunked = false;
    bool keepAlive = true;    ///< Whether the client wants to go on after the answer.
    bool asksToClose = false; ///< "Connection: close" was among the fields.
    bool expectContinue = false;

    bool hasBody() const { return chunked || contentLength > 0; }

    /// The target without its query.
    std::string_view path() const { return target.substr(0, target.find('?')); }
};

/// Which page asks, and under which name, of a request that is refused before it is understood: views into its bytes.
struct Asker
{
    std::string_view origin = {}; ///< Empty: none was read, or two.
    std::string_view host = {};
};

/// Finds them in the text of a head, which may be cut off or malformed.
Asker askerOf(std::string_view head);

/// Compares as field names compare: ASCII letters without case.
bool equalsIgnoringCase(std::string_view one, std::string_view other);

/// Whether the name is that of one of the fields.
bool isFieldOf(std::string_view name, std::initializer_list<std::string_view> fields);

} // namespace warder
