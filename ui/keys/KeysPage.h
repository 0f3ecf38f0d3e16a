#pragma once

#include "core/console/orders/Changes.h"
#include "core/console/orders/Keys.h"
#include "ui/PageContext.h"
#include "ui/widgets/Page.h"
#include "ui/widgets/RowsModel.h"

class QPushButton;

namespace warder {

class DataTable;
class KeyTimeline;

/// The ring of signing keys: what signs, what still verifies, what signs next, from when on a key is safe to revoke. Rotates
/// and revokes.
class KeysPage final : public Page
{
    Q_OBJECT
public:
    KeysPage(const PageContext &context, QWidget *parent);

    void refresh() override;
    void apply(const QList<Change> &changes) override;
    QWidget *firstControl() override;

protected:
    void everySecond() override;

private:
    void build();
    QPushButton *makeRotate(KeyPurpose purpose, const QString &text);
    void rotate(QPushButton *button, KeyPurpose purpose);
    /// Reads the ring anew, so that the question says how many sessions it concerns now, not when the page was read.
    void revoke();
    void askToRevoke(const KeyView &key);
    void giveRevocation(const QString &kid, qint64 seen);
    void showRevoked(const KeyView &revoked, qint64 seen);
    static QString effectOf(const KeyView &key);
    void showKeys(QList<KeyView> keys);
    void copyKid();
    const KeyView *selected() const;
    void showSelected();

    RowsModel<KeyView> *m_model;
    DataTable *m_table;
    KeyTimeline *m_timeline;
    QPushButton *m_copy;
    QPushButton *m_revoke;
};

} // namespace warder
