using System.Collections.Concurrent;
using System.Reflection;
using System.Text;

namespace Smpi;

/// <summary>What the attributes and the name of a message record say.</summary>
/// <param name="Subject">What the record is about.</param>
/// <param name="IsIdempotent">Whether it may be sent twice.</param>
internal sealed record MessageContract(string Subject, bool IsIdempotent)
{
    // A cache of facts about types: it never changes what a caller sees.
    private static readonly ConcurrentDictionary<Type, MessageContract> Known = new();

    public static MessageContract Of(Type type) => Known.GetOrAdd(type, static key => new MessageContract(
        key.GetCustomAttribute<SmpiMessageAttribute>()?.Subject ?? Kebab(key.Name),
        key.IsDefined(typeof(IdempotentAttribute), inherit: false)));

    /// <summary><c>ReadFile</c> becomes <c>read-file</c>, <c>HTTPGet</c> becomes <c>http-get</c>.</summary>
    internal static string Kebab(string name)
    {
        int tick = name.IndexOf('`', StringComparison.Ordinal);
        if (tick >= 0) name = name[..tick];
        var text = new StringBuilder(name.Length + 8);
        for (int at = 0; at < name.Length; at++)
        {
            bool starts = char.IsUpper(name[at]) && at > 0 && (!char.IsUpper(name[at - 1]) || (at + 1 < name.Length && char.IsLower(name[at + 1])));
            if (starts && text[^1] != '-') text.Append('-');
            text.Append(name[at] == '_' ? '-' : char.ToLowerInvariant(name[at]));
        }

        return text.ToString();
    }
}
