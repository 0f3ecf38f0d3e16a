#include "core/base/StrictJson.h"

#include "core/base/Text.h"

#include <QJsonArray>

#include <nlohmann/json.hpp> // IWYU pragma: keep (its names come from a header within)

#include <map>
#include <variant>
#include <vector>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

using Library = nlohmann::json;

/// Builds the value as the library's strict parser reports it, and stops at what RFC 8259 only calls unwise.
class Builder final : public nlohmann::json_sax<Library>
{
public:
    explicit Builder(StrictJsonLimits limits) : m_limits(limits) {}

    const QJsonValue &value() const { return m_root; }
    const JsonFault &fault() const { return m_fault; }

    bool null() override { return put(QJsonValue::Null); }
    bool boolean(bool given) override { return put(given); }
    bool number_integer(number_integer_t given) override { return put(qint64(given)); }
    bool number_unsigned(number_unsigned_t given) override
    {
        return given <= quint64(std::numeric_limits<qint64>::max()) ? put(qint64(given)) : put(double(given));
    }
    bool number_float(number_float_t given, const string_t &) override
    {
        return std::isfinite(given) ? put(given) : stop(u"number out of range"_s);
    }
    bool string(string_t &given) override
    {
        const auto text = fromUtf8(given);
        return text ? put(*text) : stop(u"not UTF-8"_s);
    }
    bool binary(binary_t &) override { return stop(u"binary value"_s); }
    bool start_object(std::size_t) override { return open(Members {}); }
    bool start_array(std::size_t) override { return open(QJsonArray {}); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t &given) override
    {
        const auto name = fromUtf8(given);
        if (!name)
            return stop(u"not UTF-8"_s);
        Level &level = m_levels.back();
        const auto [place, isNew] = std::get<Members>(level.container).try_emplace(*name);
        level.member = &place->second;
        if (++m_names > m_limits.names)
            return stop(u"too many names"_s);
        return isNew ? count() : stop(u"duplicate name"_s);
    }

    bool parse_error(std::size_t position, const std::string &, const nlohmann::detail::exception &) override
    {
        m_fault = {.offset = qsizetype(position) - 1, .message = u"malformed JSON"_s};
        return false;
    }

private:
    /// In the order of QJsonObject, which is filled from it at the end: inserting there costs as much as there is behind.
    using Members = std::map<QString, QJsonValue>;

    struct Level
    {
        std::variant<Members, QJsonArray> container;
        QJsonValue *member; ///< The one whose value comes next.
    };

    static QJsonValue finished(const QJsonArray &array) { return array; }
    static QJsonValue finished(const Members &members)
    {
        QJsonObject object;
        for (const auto &[name, value] : members)
            object.insert(name, value);
        return object;
    }

    bool stop(const QString &why)
    {
        m_fault = {.offset = 0, .message = why};
        return false;
    }
    bool count() { return ++m_values <= m_limits.values || stop(u"too many values"_s); }

    bool open(std::variant<Members, QJsonArray> container)
    {
        if (int(m_levels.size()) >= m_limits.depth)
            return stop(u"nested too deeply"_s);
        m_levels.push_back({.container = std::move(container), .member = nullptr});
        return count();
    }

    bool close()
    {
        const QJsonValue done = std::visit([](const auto &container) { return finished(container); }, m_levels.back().container);
        m_levels.pop_back();
        return put(done);
    }

    bool put(const QJsonValue &value)
    {
        if (m_levels.empty())
            m_root = value;
        else if (m_levels.back().member)
            *m_levels.back().member = value;
        else
            std::get<QJsonArray>(m_levels.back().container).append(value);
        return count();
    }

    StrictJsonLimits m_limits;
    std::vector<Level> m_levels;
    QJsonValue m_root;
    JsonFault m_fault;
    int m_values = 0;
    int m_names = 0;
};

} // namespace

std::expected<QJsonValue, JsonFault> parseStrictJson(QByteArrayView utf8, StrictJsonLimits limits)
{
    if (utf8.startsWith("\xef\xbb\xbf")) // the library skips it
        return std::unexpected(JsonFault {.offset = 0, .message = u"byte order mark"_s});
    if (const auto nul = utf8.indexOf('\0'); nul >= 0) // the library takes it for the end
        return std::unexpected(JsonFault {.offset = nul, .message = u"NUL byte"_s});
    Builder builder(limits);
    if (!Library::sax_parse(utf8.begin(), utf8.end(), &builder))
        return std::unexpected(builder.fault());
    return builder.value();
}

std::expected<QJsonObject, JsonFault> parseStrictJsonObject(QByteArrayView utf8, StrictJsonLimits limits)
{
    const auto value = parseStrictJson(utf8, limits);
    if (!value)
        return std::unexpected(value.error());
    if (!value->isObject())
        return std::unexpected(JsonFault {.offset = 0, .message = u"not an object"_s});
    return value->toObject();
}

} // namespace warder
