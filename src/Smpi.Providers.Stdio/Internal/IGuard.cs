using System.Diagnostics;

namespace Smpi;

/// <summary>Ends a child and its descendants when the host dies without a chance to do so.</summary>
internal interface IGuard
{
    /// <summary>The child has started.</summary>
    void Watch(Process child);

    /// <summary>The child has ended: its id may belong to somebody else from now on.</summary>
    void Forget();

    /// <summary>The host has done its duty; nobody is ended any more.</summary>
    void Release();
}
