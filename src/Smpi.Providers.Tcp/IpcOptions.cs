namespace Smpi;

/// <summary>Where names of <see cref="IpcProtocol"/> live.</summary>
public sealed record IpcOptions
{
    /// <summary>The directory of the sockets, which is made with mode 0700 where it does not exist. Null for one of this user; not used on Windows.</summary>
    /// <remarks>
    /// The default is <c>smpi</c> in <c>XDG_RUNTIME_DIR</c>, else in <c>/run/user/ID</c> where that exists, else <c>smpi-ID</c> in the directory for temporary files.
    /// </remarks>
    public string? Directory { get; init; }
}
