#pragma once

#include "core/console/orders/Changes.h"
#include "core/console/orders/Keys.h"
#include "ui/PageContext.h"
#include "ui/widgets/Page.h"

class QLabel;
class QPushButton;

namespace warder {

class DataTable;
class KeyConsumers;
class KeyTimeline;
class KeysModel;
class MasterKeyLine;
class Panel;
struct StoredChoices;

/// The ring of signing keys: what signs, what still verifies, what signs next, from when on a key is safe to revoke, and who has the public
/// keys. Offers what each key permits, and nothing else. Below, where the master key is.
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
    struct Order
    {
        KeyMove move;
        QPushButton *button;
    };

    void build();
    QWidget *makeLives();
    QWidget *makeRing();
    void addOrder(KeyMove move, const QString &text, const QString &tip, Panel &panel);
    void wire();
    void readConsumers();

    /// Reads the ring anew, so that the question speaks of what is so now, not when the page was read.
    void begin(KeyMove move, const QString &kid);
    void askAbout(KeyMove move, const QString &kid, qsizetype lacking);
    /// Before a rotation: who would be overtaken by it.
    void askConsumers(const QString &kid);
    void give(KeyMove move, const KeyView &key);
    void giveRotation(const KeyView &key);
    void giveRevocation(const QString &kid, qint64 seen);
    /// Says that it is done, and offers to take back what was done to the key `kid`, if that permits it.
    void tell(const QString &said, KeyMove move, const QString &kid);
    Undo undoOf(KeyMove move, const QString &kid);
    void importKey();
    void changeSchedule();
    void reportSchedule(const StoredChoices &sent);
    QString machine() const; ///< Where the server is; empty: on this one.
    void moveMasterKey();
    void rotateMasterKey();

    void showKeys(const QList<KeyView> &keys);
    void setBusy(bool busy);
    void copyKid();
    const KeyView *selected() const;
    void showSelected();

    KeysModel *m_model;
    DataTable *m_table;
    KeyTimeline *m_timeline;
    KeyConsumers *m_consumers;
    MasterKeyLine *m_masterKey;
    QLabel *m_change;
    QPushButton *m_copy;
    QPushButton *m_import;
    QPushButton *m_schedule;
    QList<Order> m_orders;
    int m_seconds = 0;
    bool m_busy = false; ///< A question is being made.
};

} // namespace warder
