using System.Security.Claims;

namespace Smpi;

/// <summary>A transport that knows who its peer is.</summary>
internal interface IPeerIdentity
{
    /// <summary>The peer; null when it showed nothing.</summary>
    ClaimsPrincipal? User { get; }
}
