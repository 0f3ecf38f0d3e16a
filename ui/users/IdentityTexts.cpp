#include "ui/users/IdentityTexts.h"

#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"

using namespace Qt::StringLiterals;

namespace warder {

QString IdentityTexts::providers(const QList<IdentityView> &identities)
{
    QStringList labels;
    for (const IdentityView &identity : identities) {
        if (identity.usable)
            labels += UiTexts::foreign(identity.label);
    }
    labels.removeDuplicates();
    return labels.join(u", "_s);
}

QList<DetailsPanel::Fact> IdentityTexts::facts(const QList<IdentityView> &identities, TimePoint now)
{
    QList<DetailsPanel::Fact> facts;
    for (const IdentityView &identity : identities) {
        //: Of an account at a provider such as Google; %1 is a time such as "3 days ago".
        QStringList remark {tr("linked %1").arg(Times::ago(identity.createdAt, now))};
        if (!identity.email.isEmpty())
            remark.prepend(UiTexts::foreign(identity.email));
        //: Of an account at a provider such as Google; %1 is a time such as "3 days ago".
        remark += tr("last used %1").arg(Times::ago(identity.lastUsedAt, now));
        if (!identity.usable)
            //: Of an account at a provider such as Google: the provider is switched off.
            remark += tr("switched off");
        //: Name of a fact about a user: accounts at Google, GitHub … with which they sign in here.
        facts += {.name = facts.isEmpty() ? tr("Providers") : QString(),
                  .value = identity.label,
                  .remark = UiTexts::inOneLine(remark),
                  .tip = UiTexts::inOneLine({Times::exact(identity.createdAt), Times::exact(identity.lastUsedAt)})};
    }
    return facts;
}

} // namespace warder
