#pragma once

#include "core/base/Id.h"
#include "core/console/orders/Activity.h"
#include "core/console/orders/Changes.h"
#include "core/console/orders/Users.h"
#include "ui/PageContext.h"
#include "ui/users/SideList.h"
#include "ui/widgets/RowsModel.h"

#include <optional>

namespace warder {

template <typename Order>
class OfSelectedUser;

/// The last records about the one user who is selected, newest first, while somebody looks. A part of the page of users. GUI thread.
class UserActivity final : public SideList
{
    Q_OBJECT
public:
    static constexpr int most = 50; ///< Listed; the page of activity has all.

    UserActivity(const PageContext &context, QWidget *page);

    /// Nothing: nobody.
    void select(const UserView *user);
    /// Whether it is in view: only then it is read.
    void setShown(bool shown);
    void readAgain();
    void apply(const QList<Change> &changes);
    void everySecond();

private:
    void follow();
    void present();
    QString note() const;

    OfSelectedUser<ListActivity> *m_read;
    RowsModel<ActivityView> *m_model;
    std::optional<Id> m_user;
    std::optional<Id> m_wanted; ///< Of whom it is read.
    bool m_isShown = false;
    bool m_isOld = false; ///< Something was recorded since it was read.
};

} // namespace warder
