namespace Smpi;

/// <summary>Octets of the requests in flight on all connections of a listener.</summary>
internal sealed class SharedOctets
{
    private long _octets;

    public long Value => Interlocked.Read(ref _octets);

    public void Add(long octets) => Interlocked.Add(ref _octets, octets);
}
