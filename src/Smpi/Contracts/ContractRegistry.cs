using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Knows the generated code of contracts, by type and without reflection.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ContractRegistry
{
    /// <summary>Makes the generated code of a contract known; called by the module initializer that is generated with it.</summary>
    /// <typeparam name="TContract">The contract.</typeparam>
    /// <param name="binding">Its generated code. The first one stays.</param>
    public static void Register<TContract>(ContractBinding<TContract> binding)
        where TContract : class
    {
        ArgumentNullException.ThrowIfNull(binding);
        Interlocked.CompareExchange(ref Holder<TContract>.Binding, binding, null);
    }

    internal static ContractBinding<TContract> Find<TContract>()
        where TContract : class
    {
        if (Holder<TContract>.Binding is { } known) return known;

        // Nothing of an assembly that has only contracts and records may have run yet.
        RuntimeHelpers.RunModuleConstructor(typeof(TContract).Module.ModuleHandle);
        return Holder<TContract>.Binding ?? throw new SmpiConfigurationException(
            $"The contract '{typeof(TContract).Name}' has no generated code: put [SmpiContract] on the interface, and reference the package Smpi.Generators in the project that declares it.");
    }

    // A fact about a type, written by module initializers: it never changes once it is there.
    private static class Holder<TContract>
        where TContract : class
    {
        public static ContractBinding<TContract>? Binding;
    }
}
