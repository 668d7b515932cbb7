namespace Smpi;

/// <summary>The kinds of hop control.</summary>
public enum HopSignalKind : byte
{
    /// <summary>Nothing to act upon.</summary>
    None = 0,

    /// <summary>Opens a session.</summary>
    Hello = 1,

    /// <summary>Asks for a pong.</summary>
    Ping = 2,

    /// <summary>Answers a ping.</summary>
    Pong = 3,

    /// <summary>Closes the session in good order.</summary>
    Goodbye = 4,

    /// <summary>Lets a session say what it owes, see <see cref="IWireSession.Owes"/>. Never received.</summary>
    Owed = 5,
}
