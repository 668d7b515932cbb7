namespace Smpi;

/// <summary>The first octets that a peer sent.</summary>
internal sealed class PeerHead
{
    private readonly byte[] _octets = new byte[16];
    private int _length;

    public ReadOnlySpan<byte> Octets => _octets.AsSpan(0, _length);

    public bool IsFull => _length == _octets.Length;

    public void Add(ReadOnlySpan<byte> received)
    {
        int taken = Math.Min(received.Length, _octets.Length - _length);
        received[..taken].CopyTo(_octets.AsSpan(_length));
        _length += taken;
    }
}
