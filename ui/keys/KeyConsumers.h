#pragma once

#include "core/console/orders/Keys.h"
#include "ui/widgets/Panel.h"
#include "ui/widgets/RowsModel.h"

class QLabel;
class QStackedWidget;

namespace warder {

class DataTable;

/// Who fetched the public keys, and whether they have the one that signs next. GUI thread.
class KeyConsumers final : public Panel
{
    Q_OBJECT
public:
    /// What somebody's copy of the public keys lacks, the worst first.
    enum class Lack { Signing, Next, Older, Nothing };

    KeyConsumers(const Clock &clock, QWidget *parent);

    DataTable &table() const { return *m_table; }
    /// `ring`: whose public keys they are.
    void present(const QList<KeyConsumerView> &consumers, const QList<KeyView> &ring);
    void refreshAges() { m_model->refreshAges(); }
    /// So many lack the key that signs access tokens next.
    static qsizetype lackingNext(const QList<KeyConsumerView> &consumers, const QList<KeyView> &ring);

private:
    struct Consumer
    {
        QString userAgent;
        QString address;
        TimePoint fetchedAt;
        Lack lack = Lack::Nothing;

        bool operator==(const Consumer &) const = default;
    };

    static QList<Column<Consumer>> columns();
    static QString inWords(Lack lack);
    static Lack lackOf(const KeyConsumerView &consumer, const QList<KeyView> &ring);
    QString answer() const;

    RowsModel<Consumer> *m_model;
    DataTable *m_table;
    QLabel *m_answer;
    QLabel *m_empty;
    QStackedWidget *m_stack;
};

} // namespace warder
