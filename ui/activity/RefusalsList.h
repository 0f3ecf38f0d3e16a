#pragma once

#include "core/console/orders/Refusals.h"
#include "ui/PageContext.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QStackedWidget;
class QVBoxLayout;

namespace warder {

class DataTable;
class FilterBox;
class RefusalsModel;

/// The requests that were refused lately, to pick one: a filter above the table, how many it has read below it. What is new comes every
/// three seconds while it is in view, and moves nothing. GUI thread.
class RefusalsList final : public QWidget
{
    Q_OBJECT
public:
    RefusalsList(const PageContext &context, QWidget *parent);

    void readNew();
    /// Nothing is picked any more.
    void forget();

Q_SIGNALS:
    /// One is selected; `goOn`: by Enter or a double click, so that the keyboard shall go on to what is said of it.
    void picked(const warder::RefusalView &refusal, bool goOn);
    /// Of an export: what the system says.
    void notWritten(const QString &why);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void addHead(QVBoxLayout &all);
    QWidget *makeList();
    void wire();
    void pick(bool goOn);
    void showRows();
    /// Until something is read.
    void showError(const Error &error);
    QString inWords() const;

    RefusalsModel *m_model;
    FilterBox *m_filter = nullptr;
    QStackedWidget *m_stack = nullptr;
    DataTable *m_table = nullptr;
    QLabel *m_empty = nullptr;
    QLabel *m_count;
    QTimer m_timer;
    qint64 m_picked = 0;       ///< The number of the request that is; 0: none.
    bool m_isSearched = false; ///< Whoever listens has not heard yet what came of it.
};

} // namespace warder
