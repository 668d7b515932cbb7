namespace Smpi.Generators;

/// <summary>The interfaces of message records.</summary>
internal enum CallKind
{
    Request,
    StreamRequest,
    ClientStreamRequest,
    DuplexRequest,
}
