namespace Smpi;

/// <summary>Two memory connections that are each other's peer.</summary>
internal static class MemoryLink
{
    public static (IConnection Dialler, IConnection Listener) Create(string name, MemorySide dialler, MemorySide listener)
    {
        PeerHello near = dialler.Hello(), far = listener.Hello();
        string? encoding = EncodingAgreement.Find($"memory:{name}", near, far);
        var there = new MemoryLane();
        var back = new MemoryLane();
        return (
            new MemoryConnection($"memory:{name}", dialler, far, encoding, incoming: back, outgoing: there),
            new MemoryConnection($"'{near.Agent}' on memory:{name}", listener, near, encoding, incoming: there, outgoing: back));
    }
}
