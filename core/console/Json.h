#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"
#include "core/base/Result.h"
#include "core/console/orders/Members.h" // IWYU pragma: keep (clang-tidy does not see the concepts)

#include <QJsonArray>
#include <QJsonObject>

#include <span>
#include <variant>

/// The values and orders of the console as JSON and back: what crosses the local socket and what `--json` prints. Ids are texts, times
/// RFC 3339 texts as the HTTP API has them, durations whole numbers, enums their names; absent values are left out. Pure; any thread.
namespace warder {

template <typename T>
QJsonValue toJson(const T &value);

namespace json {

template <typename T>
concept Duration = requires {
    T::zero();
    typename T::period;
};
template <typename T>
concept Variant = requires { std::variant_size<T>::value; };
template <typename T>
concept List = std::same_as<T, QList<typename T::value_type>>;

/// Walks a list of members and makes an object of them. What it does with one value is a function for that type, whoever has it: there are
/// hundreds of lists, and each had taken the compiler a second.
class Writer
{
public:
    QJsonObject object;

    void operator()(const auto &...namesAndValues) { (take(namesAndValues), ...); }

private:
    void take(QLatin1StringView name) { m_name = name; }

    template <typename T>
    void take(const T &value)
    {
        if constexpr (!requires { value.has_value(); })
            object.insert(m_name, toJson(value));
        else if (value)
            object.insert(m_name, toJson(*value));
    }

    QLatin1StringView m_name;
};

template <typename T>
concept Struct = std::is_empty_v<T> || requires(Writer &writer, const T &value) { T::members(writer, value); };

/// Where a value stands in a message ("params.filter.text", "params.sessions[2]"), and what was wrong first.
struct Place
{
    QString &refusal;
    const Place *outer = nullptr;
    QAnyStringView name = {};
    qsizetype index = -1;

    QString path() const;
    void require(bool isFine, QAnyStringView otherwise) const;
};

/// Walks a list of members and takes each from an object: exactly those, of the right type, and nothing else.
class Reader final
{
public:
    Reader(const QJsonObject &object, const Place &place) : m_object(object), m_place(place) {}
    /// Refuses what the list does not name, then what it misses.
    ~Reader();
    Q_DISABLE_COPY_MOVE(Reader)

    void operator()(auto &&...namesAndValues) { (take(namesAndValues), ...); }

private:
    void take(QLatin1StringView name) { m_names += name; }
    /// The member that was named last; undefined: there is none.
    QJsonValue find();

    template <typename T>
    void take(T &value);

    const QJsonObject &m_object;
    const Place &m_place;
    QVarLengthArray<QLatin1StringView, 16> m_names;
    QLatin1StringView m_missing;
    qsizetype m_found = 0;
};

void read(const QJsonValue &json, QString &value, const Place &place);
void read(const QJsonValue &json, bool &value, const Place &place);
void read(const QJsonValue &json, double &value, const Place &place);
void read(const QJsonValue &json, TimePoint &value, const Place &place);
void read(const QJsonValue &json, Id &value, const Place &place);
void read(const QJsonValue &json, QJsonObject &value, const Place &place);
void read(const QJsonValue &json, QJsonValue &value, const Place &place);
void read(const QJsonValue &json, ErrorCode &value, const Place &place);
qint64 readWhole(const QJsonValue &json, qint64 least, qint64 most, const Place &place);
/// Which of the names it is; 0 if none.
size_t readName(const QString &name, std::span<const QLatin1StringView> names, const Place &place);

constexpr qint64 mostExact = qint64(1) << 53; ///< Beyond, a number in JSON is not exact.
constexpr qint64 longestDuration = 1'000'000'000;

template <std::integral T>
void read(const QJsonValue &json, T &value, const Place &place)
{
    constexpr auto bounded = [](T bound) {
        return std::in_range<int>(bound) ? qint64(bound) : std::cmp_less(bound, 0) ? -mostExact : mostExact;
    };
    value = T(readWhole(json, bounded(std::numeric_limits<T>::min()), bounded(std::numeric_limits<T>::max()), place));
}

template <Duration T>
void read(const QJsonValue &json, T &value, const Place &place)
{
    value = T(readWhole(json, 0, longestDuration, place));
}

template <typename T>
    requires std::is_enum_v<T>
void read(const QJsonValue &json, T &value, const Place &place)
{
    value = T(readName(json.toString(), namesOf<T>, place));
}

template <Struct T>
void read(const QJsonValue &json, T &value, const Place &place)
{
    place.require(json.isObject(), "is not an object");
    const QJsonObject object = json.toObject();
    Reader reader(object, place);
    if constexpr (!std::is_empty_v<T>)
        T::members(reader, value);
}

template <List T>
void read(const QJsonValue &json, T &list, const Place &place)
{
    place.require(json.isArray(), "is not a list");
    const QJsonArray array = json.toArray();
    list.clear();
    for (qsizetype i = 0; i < array.size() && place.refusal.isEmpty(); ++i)
        read(array[i], list.emplaceBack(), Place {.refusal = place.refusal, .outer = &place, .index = i});
}

/// An object of one member, whose name says which alternative it is.
template <Variant T>
void read(const QJsonValue &json, T &value, const Place &place)
{
    const QJsonObject object = json.toObject();
    place.require(object.size() == 1, "is not an object of one member");
    const QString name = object.isEmpty() ? QString() : object.constBegin().key();
    const size_t index = readName(name, namesOf<T>, place);
    const auto take = [&]<size_t I>(std::integral_constant<size_t, I>) {
        if (I == index)
            read(object[name], value.template emplace<I>(), Place {.refusal = place.refusal, .outer = &place, .name = name});
    };
    [&]<size_t... I>(std::index_sequence<I...>) {
        (take(std::integral_constant<size_t, I>()), ...);
    }(std::make_index_sequence<std::variant_size_v<T>>());
}

template <typename T>
void Reader::take(T &value)
{
    constexpr bool mayBeAbsent = requires { value.has_value(); };
    const QJsonValue found = find();
    if (found.isUndefined()) {
        if (!mayBeAbsent && m_missing.isNull())
            m_missing = m_names.back();
        return;
    }
    const Place inner {.refusal = m_place.refusal, .outer = &m_place, .name = m_names.back()};
    if constexpr (mayBeAbsent)
        read(found, value.emplace(), inner);
    else
        read(found, value, inner);
}

} // namespace json

template <typename T>
QJsonValue toJson(const T &value)
{
    if constexpr (std::is_enum_v<T>) {
        return nameOf(value);
    } else if constexpr (std::same_as<T, TimePoint>) {
        return toText(value);
    } else if constexpr (std::same_as<T, Id>) {
        return value.toString();
    } else if constexpr (json::Duration<T>) {
        return qint64(value.count());
    } else if constexpr (std::same_as<T, quint64>) {
        return qint64(value);
    } else if constexpr (std::convertible_to<T, QJsonValue>) {
        return value;
    } else if constexpr (json::Variant<T>) {
        return QJsonObject {{namesOf<T>[value.index()], std::visit([](const auto &one) { return toJson(one); }, value)}};
    } else if constexpr (std::ranges::range<T>) {
        QJsonArray array;
        for (const auto &one : value)
            array.append(toJson(one));
        return array;
    } else {
        json::Writer writer;
        if constexpr (!std::is_empty_v<T>)
            T::members(writer, value);
        return writer.object;
    }
}

/// The value, or BadRequest that says where and what: "params.filter.txt: unknown". Nothing is taken for something else, nothing is
/// passed over: a member that is missing, unknown or of another type is refused.
template <typename T>
Result<T> fromJson(const QJsonValue &json, QAnyStringView where)
{
    T value {};
    QString refusal;
    json::read(json, value, {.refusal = refusal, .name = where});
    if (!refusal.isEmpty())
        return refused(ErrorCode::BadRequest, refusal);
    return value;
}

} // namespace warder
