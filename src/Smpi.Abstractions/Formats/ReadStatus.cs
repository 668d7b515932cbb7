namespace Smpi;

/// <summary>What a read of a wire format found.</summary>
public enum ReadStatus : byte
{
    /// <summary>No complete message; more octets are needed.</summary>
    NeedMore = 0,

    /// <summary>A message.</summary>
    Message = 1,

    /// <summary>Hop control, to be taken from <see cref="IWireSession.Received"/>.</summary>
    Signal = 2,

    /// <summary>Octets were consumed that mean nothing to this side; call again.</summary>
    Skipped = 3,
}
