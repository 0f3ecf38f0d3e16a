#include "core/signin/MailLinks.h"

#include "core/credentials/Challenges.h"

using namespace Qt::StringLiterals;

namespace warder {

std::unexpected<Error> MailLinks::over(const QString &why) { return refused(ErrorCode::InvalidLink, why); }

Result<Challenge> MailLinks::find(QByteArrayView token, std::initializer_list<ChallengePurpose> purposes, TimePoint now) const
{
    const auto id = Challenges::idOf(token);
    if (!id)
        return over(u"not the token of a link"_s);
    Result<Challenge> found = over(u"a link for nothing"_s);
    for (const ChallengePurpose purpose : purposes) {
        found = orOver(m_challenges.find(*id, purpose, now), {ErrorCode::InvalidToken});
        if (found || found.error().code != ErrorCode::InvalidLink)
            return found;
    }
    return found;
}

Result<void> MailLinks::spend(Transaction &transaction, const Challenge &link, TimePoint now)
{
    return orOver(m_challenges.spend(transaction, link.id, link.purpose, now), {ErrorCode::InvalidToken}).transform([](const Challenge &) {
    });
}

Result<void> MailLinks::answer(Transaction &transaction, const Challenge &link, TimePoint now)
{
    return orOver(m_challenges.answer(transaction, link.id, link.purpose, now), {ErrorCode::InvalidToken}).transform([](const Challenge &) {
    });
}

} // namespace warder
