using System.Collections;
using System.Collections.Concurrent;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Which types may be null as a whole body: an answer, an item, an event.</summary>
/// <remarks>
/// At run time <c>IRequest&lt;Note?&gt;</c> is <c>IRequest&lt;Note&gt;</c>, so encodings refuse a body that is null where a record or a
/// collection is expected,
/// unless the type is allowed here: by generated code for what a message record declares as nullable, or by hand where a type is not
/// named by one.
/// </remarks>
public static class NullBodies
{
    // Facts about types, written by module initializers: they never change once they are there.
    private static readonly ConcurrentDictionary<Type, bool> Allowed = new();

    /// <summary>Lets a body of this type be null in every encoding of the process that has null.</summary>
    /// <typeparam name="T">The record or the collection.</typeparam>
    public static void Allow<T>()
        where T : class => Allowed[typeof(T)] = true;

    /// <summary>Whether null is a body of a type; for authors of encodings.</summary>
    /// <param name="type">The type of the body.</param>
    [EditorBrowsable(EditorBrowsableState.Advanced)]
    public static bool AreAllowed(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (Nullable.GetUnderlyingType(type) is not null) return true;

        // Nothing of an assembly that has only records may have run yet.
        RuntimeHelpers.RunModuleConstructor(type.Module.ModuleHandle);
        if (Allowed.ContainsKey(type)) return true;

        // Single values of the framework, such as strings: nothing says of them whether null is meant.
        bool isCollection = type.IsAssignableTo(typeof(IEnumerable)) && type != typeof(string) && type != typeof(byte[]);
        return type.Namespace is { } space && (space == "System" || space.StartsWith("System.", StringComparison.Ordinal))
            && (!isCollection || space.StartsWith("System.Text.Json", StringComparison.Ordinal));
    }
}
