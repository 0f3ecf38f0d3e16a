#include "core/sessions/RefreshChain.h"

#include "core/base/Device.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// A use is a list of these, without the last ones that say nothing.
const QJsonArray &usualUse()
{
    static const QJsonArray usual {0, 0, int(Rotation::Rotate), 1, QJsonValue(), QJsonValue()};
    return usual;
}

constexpr qsizetype alwaysSaid = 2; ///< Generation and time.

QJsonValue jsonOf(const std::optional<QString> &text) { return text ? QJsonValue(*text) : QJsonValue(); }

std::optional<QString> textAt(const QJsonArray &use, qsizetype place)
{
    const QJsonValue value = use.at(place);
    return value.isString() ? std::optional(value.toString()) : std::nullopt;
}

QJsonArray toArray(const RefreshStep &step)
{
    QJsonArray use {step.generation, toMilliseconds(step.at), int(step.what), step.times, jsonOf(step.address), jsonOf(step.device)};
    while (use.size() > alwaysSaid && use.at(use.size() - 1) == usualUse().at(use.size() - 1))
        use.removeLast();
    return use;
}

RefreshStep fromArray(const QJsonArray &use)
{
    const auto most = qint64(namesOf<Rotation>.size()) - 1;
    return {.what = Rotation(std::clamp<qint64>(use.at(2).toInteger(), 0, most)),
            .generation = use.at(0).toInteger(),
            .at = fromMilliseconds(use.at(1).toInteger()),
            .address = textAt(use, 4),
            .device = textAt(use, 5),
            .times = std::max<qint64>(1, use.at(3).toInteger(1))};
}

/// Parallel requests with one token, such as those of the parts of a page.
bool isOneOf(const RefreshStep &last, const RefreshStep &step)
{
    return step.what == Rotation::Repeat && last.what == Rotation::Repeat && last.generation == step.generation
           && last.address == step.address && last.device == step.device;
}

/// A browser that was updated is the same one.
std::optional<QString> otherDevice(const QString &userAgent, const QString &ofSession)
{
    if (userAgent == ofSession)
        return std::nullopt;
    const QString device = deviceOf(userAgent);
    return device == deviceOf(ofSession) ? std::nullopt : std::optional(device);
}

} // namespace

RefreshStep refresh_chain::stepBy(const Client &client, const Session &session, Rotation what, qint64 generation, TimePoint now)
{
    const QString address = client.address.toString();
    return {.what = what,
            .generation = generation,
            .at = now,
            .address = address == session.address ? std::nullopt : std::optional(address),
            .device = otherDevice(client.userAgent, session.userAgent)};
}

QString refresh_chain::with(const QString &kept, const RefreshStep &step)
{
    QList<RefreshStep> steps = stepsOf(kept);
    RefreshStep next = step;
    if (!steps.isEmpty() && isOneOf(steps.last(), step))
        next.times += steps.takeLast().times;
    steps += next;
    QJsonArray uses;
    for (const RefreshStep &each : steps.last(std::min(steps.size(), mostKept)))
        uses.append(toArray(each));
    return QString::fromUtf8(QJsonDocument(uses).toJson(QJsonDocument::Compact));
}

QList<RefreshStep> refresh_chain::stepsOf(const QString &kept)
{
    QList<RefreshStep> steps;
    for (const auto &each : QJsonDocument::fromJson(kept.toUtf8()).array()) {
        if (const QJsonArray use = each.toArray(); use.size() >= alwaysSaid)
            steps += fromArray(use);
    }
    return steps;
}

} // namespace warder
