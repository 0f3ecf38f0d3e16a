#include "core/mail/SealedMail.h"

#include "core/base/StrictJson.h"
#include "core/base/Text.h"
#include "core/crypto/Sealer.h"
#include "core/mail/MailAddress.h"
#include "core/mail/MailLanguages.h"
#include "core/mail/MailLimits.h"
#include "core/sealing/SealedColumns.h"
#include "core/storage/Transaction.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestText = 512; // UTF-16 units of one value; what is shown is shorter still
constexpr qsizetype longestTyped = 254;

QJsonObject boundedValues(const QJsonObject &values)
{
    QJsonObject bounded = values;
    for (auto each = bounded.begin(); each != bounded.end(); ++each) {
        if (each.value().isString())
            each.value() = shortened(each.value().toString(), longestText);
    }
    return bounded;
}

Result<OutboxRow> sealedInto(Transaction &transaction, const Sealer &sealer, OutboxRow row, const QJsonObject &content)
{
    QByteArray plain = QJsonDocument(content).toJson(QJsonDocument::Compact);
    const auto sealed = sealed_columns::sealWithin(transaction, sealer, plain, sealed_columns::contextOfMail(row.id));
    wipe(plain);
    if (!sealed)
        return refused(sealed);
    row.sealed = *sealed;
    return row;
}

Result<QJsonObject> contentOf(const OutboxRow &row, const Sealer &sealer)
{
    const auto plain = sealer.open(row.sealed, sealed_columns::contextOfMail(row.id));
    if (!plain)
        return refused(plain);
    const auto content = parseStrictJsonObject(plain->view());
    return content ? Result<QJsonObject>(*content) : refused(ErrorCode::CryptoFailure, u"what is sealed in a mail is no JSON object"_s);
}

} // namespace

Result<OutboxRow> sealed_mail::rowOf(Transaction &transaction, const Sealer &sealer, const Mail &mail, TimePoint now)
{
    QJsonObject values = boundedValues(mail.values);
    if (!values.contains("time"_L1))
        values.insert("time"_L1, toText(now));
    const QJsonObject content {{u"path"_s, mail.linkPath},
                               {u"token"_s, QString::fromLatin1(mail.token)},
                               {u"code"_s, mail.code},
                               {u"values"_s, values},
                               {u"use_by"_s, mail.useBy ? QJsonValue(toMilliseconds(*mail.useBy)) : QJsonValue()}};
    const TimePoint latest = now + mail_limits::longestWait;
    return sealedInto(transaction, sealer,
                      {.id = Id::create(now),
                       .once = mail.once.left(200),
                       .kind = nameOf(mail.kind),
                       .isAsked = mail_limits::isAskedFor(mail.kind) && !mail.isOwners,
                       .user = mail.user,
                       .recipient = mail.to.left(longestTyped),
                       .recipientKey = mail_address::keyOf(mail.to),
                       .language = mail_languages::nearest(mail.language),
                       .createdAt = now,
                       .dueAt = now,
                       .useBy = std::min(mail.useBy.value_or(latest), latest)},
                      content);
}

Result<OutboxRow> sealed_mail::rowOf(Transaction &transaction, const Sealer &sealer, const MailRequest &request, TimePoint now)
{
    return sealedInto(transaction, sealer,
                      {.id = Id::create(now),
                       .kind = nameOf(request.kind),
                       .isRequest = true,
                       .isAsked = true,
                       .recipient = request.address,
                       .recipientKey = mail_address::keyOf(request.address),
                       .language = mail_languages::nearest(request.language),
                       .createdAt = now,
                       .dueAt = now,
                       .useBy = now + mail_limits::longestWait},
                      {{u"data"_s, request.data}});
}

Result<Mail> sealed_mail::mailOf(const OutboxRow &row, const Sealer &sealer)
{
    const auto kind = fromName<MailKind>(row.kind);
    if (!kind)
        return refused(ErrorCode::CryptoFailure, u"no mail has the kind %1"_s.arg(row.kind));
    return contentOf(row, sealer).transform([&](const QJsonObject &content) {
        const QJsonValue useBy = content["use_by"_L1];
        return Mail {.kind = *kind,
                     .to = row.recipient,
                     .language = row.language,
                     .linkPath = content["path"_L1].toString(),
                     .token = content["token"_L1].toString().toLatin1(),
                     .code = content["code"_L1].toString(),
                     .values = content["values"_L1].toObject(),
                     .user = row.user,
                     .useBy = useBy.isDouble() ? std::optional(fromMilliseconds(useBy.toInteger())) : std::nullopt,
                     .once = row.once};
    });
}

Result<MailRequest> sealed_mail::requestOf(const OutboxRow &row, const Sealer &sealer)
{
    const auto kind = fromName<MailRequestKind>(row.kind);
    if (!kind)
        return refused(ErrorCode::CryptoFailure, u"no request has the kind %1"_s.arg(row.kind));
    return contentOf(row, sealer).transform([&](const QJsonObject &content) {
        return MailRequest {.kind = *kind,
                            .address = row.recipient,
                            .language = row.language,
                            .data = content["data"_L1].toObject(),
                            .askedAt = row.createdAt};
    });
}

} // namespace warder
