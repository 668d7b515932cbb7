namespace Smpi;

/// <summary>The pumps of a link that collect items before they write them.</summary>
internal sealed class PumpSet
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

    /// <summary>Writes what pumps have collected whose sources keep their threads.</summary>
    public void HandOver()
    {
        List<ItemPump>? holding = null;
        lock (_gate)
        {
            foreach (ItemPump pump in _pumps)
            {
                if (pump.Holds) (holding ??= []).Add(pump);
            }
        }

        foreach (ItemPump pump in holding ?? []) pump.HandOver();
    }
}
