namespace Smpi;

/// <summary>The pumps of a link that collect items before they write them.</summary>
internal sealed class PumpSet(Outlet outlet) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private readonly HashSet<ItemPump> _pumps = [];

    public void Add(ItemPump pump)
    {
        lock (_gate) _pumps.Add(pump);
    }

    public void Remove(ItemPump pump)
    {
        lock (_gate) _pumps.Remove(pump);
    }

    /// <summary>Has what pumps have collected written on another thread, where their sources keep their own; called by the watch.</summary>
    public void HandOverElsewhere()
    {
        if (Holding() is not null) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        foreach (ItemPump pump in Holding() ?? []) pump.HandOver();
        outlet.Flush();
    }

    private List<ItemPump>? Holding()
    {
        List<ItemPump>? holding = null;
        lock (_gate)
        {
            foreach (ItemPump pump in _pumps)
            {
                if (pump.Holds) (holding ??= []).Add(pump);
            }
        }

        return holding;
    }
}
