namespace Smpi;

/// <summary>Which side opened a connection. It says nothing about who may call: both sides may.</summary>
public enum ConnectionRole : byte
{
    /// <summary>This side connected.</summary>
    Dialler = 0,

    /// <summary>This side was listening.</summary>
    Listener = 1,
}
