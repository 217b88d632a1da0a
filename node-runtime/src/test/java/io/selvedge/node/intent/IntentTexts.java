// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

/** Small manifests for tests. */
final class IntentTexts {
    private IntentTexts() {}

    static String fabric() {
        return """
        apiVersion: selvedge.io/v1alpha1
        kind: Fabric
        metadata: { name: beijing }
        spec:
          clusterCIDRs: [10.244.0.0/16]
          serviceCIDRs: [10.96.0.0/16]
          connectors: [{ node: node0, publicAddresses: [10.99.1.2] }]
        """;
    }

    /** Node 0 is the connector, the others are edges. */
    static String node(int number) {
        return """
        apiVersion: v1
        kind: Node
        metadata:
          name: node%d
          labels: { node-role.kubernetes.io/%s: "" }
        spec: { podCIDRs: [10.244.%d.0/24] }
        """
                .formatted(number, number == 0 ? "connector" : "edge", number);
    }

    static String fabricOf(int edges) {
        var all = new StringBuilder(fabric());
        for (int i = 0; i <= edges; i++) {
            all.append("---\n").append(node(i));
        }
        return all.toString();
    }
}
