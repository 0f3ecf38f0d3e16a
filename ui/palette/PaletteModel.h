#pragma once

#include <QAbstractListModel>

#include <functional>

namespace warder {

/// A line of the palette of commands.
struct PaletteRow
{
    QString name;
    QString where = {};   ///< Behind it in a quieter colour.
    QString keys = {};    ///< At the right.
    QString more = {};    ///< Found by it as well; not shown.
    bool isPlace = false; ///< See Ranking::Candidate.
    std::function<void()> run = {};
};

/// What the palette of commands offers now. Rows are exchanged as a whole with what is typed. GUI thread.
class PaletteModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { WhereRole = Qt::UserRole + 1, KeysRole };

    using QAbstractListModel::QAbstractListModel;

    void present(const QList<PaletteRow> &rows);
    const QList<PaletteRow> &rows() const { return m_rows; }

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_rows.size()); }
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<PaletteRow> m_rows;
};

} // namespace warder
