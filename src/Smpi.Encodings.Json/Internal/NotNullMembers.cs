using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>Refuses objects that lack a member whose type has no null and that nothing gives a value.</summary>
/// <remarks>The serializer itself refuses only a null that is there: RespectNullableAnnotations.</remarks>
internal sealed class NotNullMembers
{
    private readonly JsonPropertyInfo[] _unset;
    private readonly Action<object>? _next;

    private NotNullMembers(JsonPropertyInfo[] unset, Action<object>? next) => (_unset, _next) = (unset, next);

    /// <summary>
    /// Has the serializer demand the parameters of a constructor that have no default, and look at the members that are set after the
    /// object was made.
    /// </summary>
    public static void Demand(JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.Object) return;
        List<JsonPropertyInfo> unset = [];
        foreach (JsonPropertyInfo property in info.Properties)
        {
            bool isIgnored = property is { Get: null, Set: null };
            if (property.PropertyType.IsValueType || property.IsRequired || property.IsExtensionData || isIgnored) continue;
            if (property.AssociatedParameter is { IsMemberInitializer: false } parameter)
            {
                if (!parameter.IsNullable && !parameter.HasDefaultValue) property.IsRequired = true;
            }
            else if (property is { IsSetNullable: false, Get: not null } && (property.Set is not null
                || property.AssociatedParameter is not null))
            {
                unset.Add(property);
            }
        }

        if (unset.Count > 0) info.OnDeserialized = new NotNullMembers([.. unset], info.OnDeserialized).Check;
    }

    /// <summary>Whether a callback is none, or the one of this class alone.</summary>
    public static bool IsAlone(Action<object>? callback) => callback is null || callback.Target is NotNullMembers { _next: null };

    private void Check(object value)
    {
        foreach (JsonPropertyInfo property in _unset)
        {
            if (property.Get!(value) is null) throw new JsonException(
                $"The member '{property.Name}' is missing, and its type has no null. Send it, or make it nullable or give it a default.");
        }

        _next?.Invoke(value);
    }
}
