#include "core/api/endpoints/Proofs.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {

const FieldDoc &credentialField()
{
    static const FieldDoc field {
        .name = u"credential"_s, .type = FieldType::Object, .required = false, .text = u"Of a passkey: what credential.toJSON() gives."_s};
    return field;
}

std::optional<QString> filled(Fields &fields, QLatin1StringView name)
{
    const auto text = fields.optional(name);
    return text && !text->isEmpty() ? text : std::nullopt;
}

bool isOneProof(Fields &fields, const QList<std::pair<QString, bool>> &given)
{
    const auto isGiven = [](const auto &proof) { return proof.second; };
    const auto number = std::ranges::count_if(given, isGiven);
    QStringList names;
    for (const auto &[name, isThere] : given)
        names += name;
    const QString choice = u"%1 or %2"_s.arg(names.first(names.size() - 1).join(u", "_s), names.last());
    if (number == 0 && !fields.refusal()) // else what was given has been told to be wrong
        fields.add({Fault {.type = u"missing"_s, .location = {u"body"_s, names.first()}, .message = u"Field required: "_s + choice}});
    if (number > 1) {
        const auto further = std::ranges::find_if(std::next(std::ranges::find_if(given, isGiven)), given.end(), isGiven);
        fields.add({Fault {.type = u"extra_forbidden"_s,
                           .location = {u"body"_s, further->first},
                           .message = u"Extra inputs are not permitted: one of "_s + choice}});
    }
    return number == 1;
}

} // namespace warder
