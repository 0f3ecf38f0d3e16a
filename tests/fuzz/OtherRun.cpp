#include "tests/fuzz/OtherRun.h"

#include "core/net/gate/HttpChars.h"

#include <llhttp.h>

namespace warder::fuzz {
namespace {

/// llhttp with a listener for each thing it says. One connection.
class Other final
{
public:
    Other()
    {
        llhttp_init(&m_parser, HTTP_REQUEST, &settings());
        m_parser.data = this;
    }

    OtherRun run(std::string_view bytes)
    {
        for (m_fed = 1; m_fed <= bytes.size(); ++m_fed) {
            const char *byte = bytes.data() + m_fed - 1;
            if (const auto code = llhttp_execute(&m_parser, byte, 1); code != HPE_OK) {
                m_run.fault = std::string(llhttp_errno_name(code)) + ": " + llhttp_get_error_reason(&m_parser);
                break;
            }
        }
        return std::move(m_run);
    }

private:
    static Other &of(llhttp_t *parser) { return *static_cast<Other *>(parser->data); }

    static const llhttp_settings_t &settings()
    {
        static const llhttp_settings_t all = [] {
            llhttp_settings_t settings;
            llhttp_settings_init(&settings);
            settings.on_message_begin = [](llhttp_t *p) { return of(p).begin(); };
            settings.on_method = [](llhttp_t *p, const char *at, size_t n) { return of(p).note(of(p).m_now.method, at, n); };
            settings.on_url = [](llhttp_t *p, const char *at, size_t n) { return of(p).note(of(p).m_now.target, at, n); };
            settings.on_header_field = [](llhttp_t *p, const char *at, size_t n) { return of(p).note(of(p).m_name, at, n); };
            settings.on_header_value = [](llhttp_t *p, const char *at, size_t n) { return of(p).note(of(p).m_value, at, n); };
            settings.on_header_value_complete = [](llhttp_t *p) { return of(p).takeField(); };
            settings.on_headers_complete = [](llhttp_t *p) { return of(p).headersDone(); };
            settings.on_body = [](llhttp_t *p, const char *at, size_t n) { return of(p).note(of(p).m_now.body, at, n); };
            settings.on_message_complete = [](llhttp_t *p) { return of(p).complete(); };
            return settings;
        }();
        return all;
    }

    int begin()
    {
        m_now = {};
        m_inHead = true;
        return HPE_OK;
    }

    int note(std::string &what, const char *at, std::size_t length)
    {
        what.append(at, length);
        return HPE_OK;
    }

    int takeField()
    {
        if (m_inHead)                                                   // otherwise a trailer
            m_now.fields.emplace_back(m_name, chars::trimmed(m_value)); // it leaves the blanks behind a value to its user
        m_name.clear();
        m_value.clear();
        return HPE_OK;
    }

    int headersDone()
    {
        m_inHead = false;
        m_parser.upgrade = 0; // its user's decision: RFC 9110 §7.8, a server may ignore an Upgrade
        return HPE_OK;
    }

    int complete()
    {
        m_now.minor = llhttp_get_http_minor(&m_parser);
        m_now.keepAlive = llhttp_should_keep_alive(&m_parser);
        m_now.end = m_fed;
        m_run.requests.push_back(std::move(m_now));
        return HPE_OK;
    }

    llhttp_t m_parser;
    OtherRun m_run;
    Framed m_now;
    std::string m_name;
    std::string m_value;
    bool m_inHead = true;
    std::size_t m_fed = 0;
};

} // namespace

OtherRun runOther(std::string_view bytes) { return Other().run(bytes); }

} // namespace warder::fuzz
