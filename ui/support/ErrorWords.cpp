#include "ui/support/Times.h"
#include "ui/support/Words.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace warder {

namespace {

QString withDetail(const QString &sentence, const Error &error)
{
    return error.detail.isEmpty() ? sentence : u"%1 (%2)"_s.arg(sentence, error.detail);
}

QString inWords(const Fault &fault)
{
    if (fault.type == "string_too_short"_L1)
        //: What is wrong with a field of a form; %1 is a number.
        return Words::tr("Needs at least %1 characters.").arg(fault.context.value("min_length"_L1).toInt());
    if (fault.type == "string_too_long"_L1 && fault.context.value("unit"_L1).toString() == "bytes"_L1)
        //: What is wrong with a password; %1 is a number. A letter beyond a to z takes two to four bytes.
        return Words::tr("Has more than %1 bytes.").arg(fault.context.value("max_length"_L1).toInt());
    if (fault.type == "string_too_long"_L1)
        //: What is wrong with a field of a form; %1 is a number.
        return Words::tr("Has more than %1 characters.").arg(fault.context.value("max_length"_L1).toInt());
    if (fault.type == "missing"_L1)
        //: What is wrong with a field of a form.
        return Words::tr("Is needed.");
    const QString reason = fault.context.value("reason"_L1).toString(fault.message);
    if (reason.isEmpty())
        return reason;
    const QString sentence = reason.front().toUpper() + reason.mid(1);
    return sentence.endsWith(u'.') ? sentence : sentence + u'.';
}

} // namespace

QString Words::faultsOf(const Error &error, const QString &field)
{
    QStringList lines;
    for (const Fault &fault : error.faults) {
        // A fault in a list ("roles", 0) belongs to the field of that list.
        if (fault.location.contains(QJsonValue(field)))
            lines += inWords(fault);
    }
    if (field == "email"_L1 && error.code == ErrorCode::EmailTaken)
        //: What is wrong with the e-mail field of a form.
        lines += tr("Somebody is registered with this address already.");
    return lines.join(u'\n');
}

QString Words::of(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Busy:
        //: An error, with what to do.
        return withDetail(tr("The server has too much to do just now, or is stopping. Press F5 to try again."), error);
    case ErrorCode::StorageUnavailable:
    case ErrorCode::StorageFailure:
        //: An error, with what to do.
        return withDetail(tr("The database refused. Check free space and the rights of the data folder, then press F5."), error);
    case ErrorCode::CryptoFailure:
        //: An error, with what to do.
        return withDetail(tr("A cryptographic operation failed. The log of the server says more."), error);
    case ErrorCode::NotFound:
        //: An error, with what to do.
        return tr("That does not exist any more. Press F5 to see what does.");
    case ErrorCode::Conflict:
        //: An error, with what to do.
        return withDetail(tr("It changed meanwhile, or its state forbids this. Press F5 to see it as it is now."), error);
    case ErrorCode::EmailTaken:
        //: An error.
        return tr("Somebody is registered with this address already.");
    case ErrorCode::AlreadyRunning:
        //: An error, with what to do.
        return withDetail(tr("Another Warder uses this data folder. Stop it, then try again."), error);
    case ErrorCode::ConfigInvalid:
        //: An error, with what to do.
        return withDetail(tr("A setting is wrong. Correct it, then start again."), error);
    case ErrorCode::LimitReached:
        //: An error; %1 is a span such as "3 min".
        return tr("Too often. Try again in %1.").arg(Times::lasting(error.retryAfter));
    case ErrorCode::InvalidInput: {
        QStringList lines;
        for (const Fault &fault : error.faults)
            lines += inWords(fault);
        //: An error.
        return lines.isEmpty() ? withDetail(tr("The server did not accept this."), error) : lines.join(u' ');
    }
    case ErrorCode::InvalidCredentials:
    case ErrorCode::NotAuthenticated:
    case ErrorCode::InvalidToken:
    case ErrorCode::AccountDisabled:
    case ErrorCode::MissingRole:
    case ErrorCode::CsrfFailed:
    case ErrorCode::OriginRefused:
    case ErrorCode::RouteNotFound:
    case ErrorCode::MethodNotAllowed:
    case ErrorCode::BadRequest:
    case ErrorCode::BodyTooLarge:
    case ErrorCode::UnsupportedMediaType:
    case ErrorCode::UnsupportedEncoding:
    case ErrorCode::RegistrationClosed:
    case ErrorCode::Internal:
        //: An error nobody foresaw, with what to do; %1 is its code.
        return withDetail(tr("Something went wrong (%1). Press F5 to try again; the log of the server says more.").arg(nameOf(error.code)), error);
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace warder
