#include "core/console/SessionQuery.h"

#include "core/console/Since.h"
#include "core/console/TextMatcher.h"
#include "core/ratelimit/NetworkRule.h"

#include <QRegularExpression>

namespace warder {
namespace {

struct TypedToken
{
    SessionToken token;
    QString value;
};

/// Devices are several words: in quotation marks they are one here.
QStringList typedWords(const QString &typed)
{
    static const QRegularExpression word(uR"(device:"(?:[^"]|"")*"?|\S+)"_s, QRegularExpression::CaseInsensitiveOption);
    QStringList words;
    for (const QRegularExpressionMatch &match : word.globalMatch(typed))
        words += match.captured();
    return words;
}

QString withoutMarks(const QString &value)
{
    if (!value.startsWith(u'"'))
        return value;
    const bool isClosed = value.size() > 1 && value.endsWith(u'"');
    return value.sliced(1, value.size() - (isClosed ? 2 : 1)).replace("\"\""_L1, "\""_L1);
}

QString withMarks(const QString &value)
{
    const bool isOneWord = std::ranges::none_of(value, [](QChar c) { return c.isSpace() || c == u'"'; });
    return isOneWord ? value : u'"' + QString(value).replace("\""_L1, "\"\""_L1) + u'"';
}

std::optional<TypedToken> typedTokenOf(const QString &word)
{
    const qsizetype colon = word.indexOf(u':');
    const auto token = colon < 0 ? std::nullopt : fromName<SessionToken>(word.first(colon).toLower());
    if (!token)
        return std::nullopt;
    const QString value = word.sliced(colon + 1);
    return TypedToken {.token = *token, .value = *token == SessionToken::Device ? withoutMarks(value) : value};
}

/// Whether it is the first one of its kind, and its value is one.
template <typename T>
bool fillOnce(std::optional<T> &place, const std::optional<T> &value)
{
    if (place || !value)
        return false;
    place = value;
    return true;
}

std::optional<QString> unlessBlank(const QString &value) { return TextMatcher(value).isEmpty() ? std::nullopt : std::optional(value); }

/// It is in the filter then.
bool takeToken(const TypedToken &typed, SessionFilter &filter, const QTimeZone &zone)
{
    switch (typed.token) {
    case SessionToken::User:    return fillOnce(filter.email, unlessBlank(typed.value));
    case SessionToken::Address: return fillOnce(filter.address, session_query::addressOf(typed.value));
    case SessionToken::Device:  return fillOnce(filter.device, unlessBlank(typed.value));
    case SessionToken::State:   return fillOnce(filter.state, fromName<SessionState>(typed.value.toLower()));
    case SessionToken::Since:
        return fillOnce(filter.since, Since::fromText(typed.value, zone).transform([](const Since &since) { return since.text(); }));
    }
    Q_UNREACHABLE_RETURN(false);
}

/// What was typed, in its two kinds.
struct TypedQuery
{
    SessionFilter filter = {};
    QStringList tokens = {};
    QString words = {};
};

TypedQuery readQuery(const QString &typed, const QTimeZone &zone)
{
    TypedQuery query;
    QStringList words;
    for (const QString &word : typedWords(typed)) {
        const auto token = typedTokenOf(word);
        if (token && takeToken(*token, query.filter, zone))
            query.tokens += word;
        else
            words += word;
    }
    query.words = words.join(u' ');
    return query;
}

} // namespace

SessionFilter session_query::filterOf(const QString &typed, bool ended, const QTimeZone &zone)
{
    TypedQuery query = readQuery(typed, zone);
    query.filter.text = query.tokens.isEmpty() ? typed : query.words;
    query.filter.ended = ended;
    return query.filter;
}

QStringList session_query::partsOf(const QString &typed)
{
    TypedQuery query = readQuery(typed, QTimeZone::UTC);
    if (!query.words.isEmpty())
        query.tokens += query.words;
    return query.tokens;
}

std::optional<session_query::BadToken> session_query::badTokenIn(const QString &typed)
{
    for (const QString &word : typedWords(typed)) {
        SessionFilter alone;
        if (const auto token = typedTokenOf(word); token && !takeToken(*token, alone, QTimeZone::UTC))
            return BadToken {.token = token->token, .value = token->value};
    }
    return std::nullopt;
}

QString session_query::textOf(const SessionFilter &filter)
{
    QStringList words;
    const auto add = [&words](SessionToken token, const QString &value) { words += u"%1:%2"_s.arg(nameOf(token), value); };
    if (filter.email)
        add(SessionToken::User, *filter.email);
    if (filter.address)
        add(SessionToken::Address, *filter.address);
    if (filter.device)
        add(SessionToken::Device, withMarks(*filter.device));
    if (filter.state)
        add(SessionToken::State, nameOf(*filter.state));
    if (filter.since)
        add(SessionToken::Since, *filter.since);
    if (!filter.text.isEmpty()) // last: what is no token because it is the second of its kind stays one
        words += filter.text;
    return words.join(u' ');
}

std::optional<QString> session_query::addressOf(const QString &text)
{
    QString bare = text.section(u'%', 0, 0);
    if (bare.startsWith(u'[') && bare.endsWith(u']'))
        bare = bare.sliced(1).chopped(1);
    const auto network = parseNetwork(bare);
    if (!network)
        return std::nullopt;
    const int whole = network->address.protocol() == QHostAddress::IPv4Protocol ? 32 : 128;
    return network->bits == whole ? network->address.toString() : toText(*network);
}

} // namespace warder
