namespace Smpi;

/// <summary>A wire format whose two directions know of each other: it has hop control, keeps a table of calls, or depends on the connection's options.</summary>
public interface ISessionFormat : IWireFormat
{
    /// <summary>Makes the session of one connection, which is its reader and its writer in one.</summary>
    /// <param name="options">The limits, role and encodings of this side, and whether the transport has frames.</param>
    IWireSession CreateSession(ConnectionOptions options);
}
