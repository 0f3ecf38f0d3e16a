#pragma once

#include "core/console/orders/Factors.h"
#include "core/console/orders/Providers.h"
#include "core/console/orders/Users.h"
#include "ui/PageContext.h"
#include "ui/widgets/DetailsPanel.h"

#include <QObject>

#include <optional>

namespace warder {

template <typename Order>
class OfSelectedUser;

/// What is known of the one user who is selected: the row of the list, and what they sign in with, which is read for them alone. A part of
/// the page of users. GUI thread.
class UserDetails final : public QObject
{
    Q_OBJECT
public:
    UserDetails(const PageContext &context, QObject *page);

    /// Nothing: nobody. The same user again changes nothing.
    void select(const UserView *user);
    /// What is read of the user may be another now.
    void readAgain();
    void readFactorsAgain();

    /// `user`: who is selected.
    void present(const UserView &user, DetailsPanel &panel) const;

    /// Nothing while they are being read, or after a failure.
    const std::optional<FactorsView> &factors() const;
    const std::optional<Error> &factorsFailure() const;

Q_SIGNALS:
    /// Something was read.
    void updated();

private:
    QList<DetailsPanel::Fact> factsOf(const UserView &user) const;
    QString signInOf(const UserView &user) const;

    PageContext m_context;
    OfSelectedUser<FindFactors> *m_factors;
    OfSelectedUser<FindIdentities> *m_identities;
};

} // namespace warder
