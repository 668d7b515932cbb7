namespace Smpi;

/// <summary>The provider that is no scope: a singleton is given it.</summary>
internal sealed class RootProvider(IServiceProvider provider)
{
    public bool Is(IServiceProvider other) => ReferenceEquals(provider, other);
}
